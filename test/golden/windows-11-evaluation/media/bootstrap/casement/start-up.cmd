@echo off
setlocal enableextensions
rem Runs as SYSTEM at every start until the machine is set up. stage.txt names the step that is next, so that each reboot,
rem wanted or not, goes on where the last one ended; every step can be done twice. Each runs in a cmd of its own: its code comes
rem back whole, and its settings do not; by its path, because verify is a command of cmd.
cd /d C:\casement
if not exist log md log
if exist reason.txt del /q reason.txt

set "STAGE=quieten"
if exist stage.txt set /p STAGE=<stage.txt
for %%s in (quieten cygwin sshd settle verify desktop installed) do if "%STAGE%"=="%%s" goto %%s
set "CODE=1"
set "REASON=stage.txt names an unknown step"
goto announce

:quieten
call beacon.cmd stage=quieten
cmd /c C:\casement\quieten.cmd >>log\quieten.log 2>&1
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto failed
>stage.txt echo cygwin

:cygwin
set "STAGE=cygwin"
call beacon.cmd stage=cygwin
cmd /c C:\casement\install-cygwin.cmd >>log\cygwin.log 2>&1
set "CODE=%errorlevel%"
if "%CODE%"=="118" goto cygwin-reboot
if not "%CODE%"=="0" goto failed
>stage.txt echo sshd

:sshd
set "STAGE=sshd"
call beacon.cmd stage=sshd
cmd /c C:\casement\install-sshd.cmd >>log\sshd.log 2>&1
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto failed
>stage.txt echo settle

:settle
set "STAGE=settle"
call beacon.cmd stage=settle
cmd /c C:\casement\settle.cmd >>log\settle.log 2>&1
>stage.txt echo verify
shutdown -r -t 0 -f
exit /b 0

:verify
set "STAGE=verify"
call beacon.cmd stage=verify
cmd /c C:\casement\verify.cmd >>log\verify.log 2>&1
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto failed
>stage.txt echo desktop

:desktop
set "STAGE=desktop"
call beacon.cmd stage=desktop
cmd /c C:\casement\desktop.cmd >>log\desktop.log 2>&1
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto failed
>stage.txt echo installed

:installed
schtasks /delete /tn casement /f >>log\installed.log 2>&1
call beacon.cmd stage=installed
shutdown -s -t 0 -f
exit /b 0

rem Cygwin's setup is done, but files in use are replaced by a restart.
:cygwin-reboot
>stage.txt echo sshd
shutdown -r -t 0 -f
exit /b 0

:failed
set "REASON=no reason given"
if exist reason.txt set /p REASON=<reason.txt
>\\.\COM1 type log\%STAGE%.log

rem The host ends the build at this line; the shutdown is for a host that does not listen.
:announce
call beacon.cmd failed=%STAGE% code=%CODE% reason=%REASON%
shutdown -s -t 0 -f
exit /b 1
