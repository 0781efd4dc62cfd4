@echo off
setlocal enableextensions
rem Runs once, from the bootstrap medium, at the only automatic logon; the account is elevated there.
rem A first-logon command cannot survive a reboot, so what takes one is left to the start-up task that is laid here.
set "STAGE=first-logon"
set "CODE=1"
set "REASON="

if not exist C:\casement\log md C:\casement\log
if not exist C:\casement\keys md C:\casement\keys
call "%~dp0beacon.cmd" stage=first-logon

copy /y "%~dp0*" C:\casement\ >C:\casement\log\first-logon.log 2>&1
if errorlevel 1 set "REASON=the scripts cannot be copied to C:\casement"
copy /y "%~d0\keys\*" C:\casement\keys\ >>C:\casement\log\first-logon.log 2>&1
if errorlevel 1 set "REASON=the keys cannot be copied to C:\casement\keys"
rem What comes from a CD is read-only, and a later copy would be refused.
attrib -r C:\casement\* >>C:\casement\log\first-logon.log 2>&1
attrib -r C:\casement\keys\* >>C:\casement\log\first-logon.log 2>&1

rem What would cover the desktop after a while: settings of the account, which nobody but itself has at hand (A134).
reg add "HKCU\Control Panel\Desktop" /v ScreenSaveActive /t REG_SZ /d 0 /f >>C:\casement\log\first-logon.log 2>&1
reg add "HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\UserProfileEngagement" /v ScoobeSystemSettingEnabled /t REG_DWORD /d 0 /f >>C:\casement\log\first-logon.log 2>&1

rem Windows adds one to LogonCount: without this the account would be logged on a second time (A12).
reg add "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon" /v AutoLogonCount /t REG_DWORD /d 0 /f >>C:\casement\log\first-logon.log 2>&1
if errorlevel 1 set "REASON=the automatic logon cannot be ended"
schtasks /create /tn casement /tr C:\casement\start-up.cmd /sc onstart /ru SYSTEM /rl highest /f >>C:\casement\log\first-logon.log 2>&1
if errorlevel 1 set "REASON=the start-up task cannot be registered"
if defined REASON goto failed

rem Not at once: Windows notes that the first-logon commands were started (A13).
shutdown -r -t 5 -f
exit /b 0

:failed
>\\.\COM1 type C:\casement\log\%STAGE%.log
call "%~dp0beacon.cmd" failed=%STAGE% code=%CODE% reason=%REASON%
shutdown -s -t 0 -f
exit /b 1
