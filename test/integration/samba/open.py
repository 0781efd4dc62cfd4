# Opens one file of a share on 127.0.0.1:445 with an access mask, as Windows does before it starts a program (FILE_EXECUTE,
# 0x20); smbclient cannot. Prints "opened" or the NTSTATUS.
# usage: open.py USER PASSWORD SHARE FILE MASK
import sys
import time

from samba import NTSTATUSError, credentials
from samba.samba3 import libsmb_samba_internal, param

user, password, share, name, mask = sys.argv[1:]
settings = param.get_context()
settings.load("/dev/null")
login = credentials.Credentials()
login.guess(settings)
login.set_kerberos_state(credentials.DONT_USE_KERBEROS)
login.set_username(user)
login.set_password(password)


def connect():
    deadline = time.monotonic() + 20
    while True:
        try:
            return libsmb_samba_internal.Conn("127.0.0.1", share, lp=settings, creds=login)
        except NTSTATUSError as error:
            # smbd is still starting; it may also take a connection before it is ready to talk on it. A refused login is final.
            if error.args[0] == 0xC000006D or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


connection = connect()
try:
    # All sharing, FILE_OPEN, SecurityImpersonation.
    connection.create(name, DesiredAccess=int(mask, 16), ShareAccess=7, CreateDisposition=1, ImpersonationLevel=2)
    print("opened")
except NTSTATUSError as error:
    print(hex(error.args[0]))
