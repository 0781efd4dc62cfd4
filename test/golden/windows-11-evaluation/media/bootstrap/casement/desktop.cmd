@echo off
setlocal enableextensions
rem Logs the account on at the console, at each start from now on (A133). The last step, because Windows ends an automatic logon whose
rem AutoLogonCount has come to 0 and takes its password away (A12): first-logon.cmd wants that, and two restarts lie in between.
set "WINLOGON=HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon"
set "FAILED="
reg delete "%WINLOGON%" /v AutoLogonCount /f >nul 2>nul
reg add "%WINLOGON%" /v DefaultUserName /t REG_SZ /d "tester" /f
if errorlevel 1 set "FAILED=DefaultUserName"
reg add "%WINLOGON%" /v DefaultPassword /t REG_SZ /d "Example-Password-1" /f
if errorlevel 1 set "FAILED=DefaultPassword"
reg add "%WINLOGON%" /v AutoAdminLogon /t REG_SZ /d 1 /f
if errorlevel 1 set "FAILED=AutoAdminLogon"
rem Questions about privacy would cover the desktop (A134).
reg add "HKLM\SOFTWARE\Policies\Microsoft\Windows\OOBE" /v DisablePrivacyExperience /t REG_DWORD /d 1 /f
if not defined FAILED exit /b 0
>C:\casement\reason.txt echo the registry refused %FAILED% of Winlogon
exit /b 1
