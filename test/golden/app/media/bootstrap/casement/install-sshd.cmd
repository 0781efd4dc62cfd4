@echo off
setlocal enableextensions
rem Owners and modes are Cygwin's business: its own tools set them.
C:\cygwin64\bin\bash.exe --login /cygdrive/c/casement/set-up-sshd.sh
set "CODE=%errorlevel%"
if "%CODE%"=="0" exit /b 0
>C:\casement\reason.txt echo set-up-sshd.sh ended with %CODE%
exit /b %CODE%
