@echo off
setlocal enableextensions
rem What can be proven without the controller. A run depends on each of these.
ipconfig | find "192.168.0.1" >nul
if errorlevel 1 goto no-address

C:\cygwin64\bin\bash.exe --login /cygdrive/c/casement/verify.sh
set "CODE=%errorlevel%"
if "%CODE%"=="0" exit /b 0
rem verify.sh has written why.
exit /b %CODE%

:no-address
ipconfig /all
>C:\casement\reason.txt echo the address 192.168.0.1 is not set on any interface
exit /b 1
