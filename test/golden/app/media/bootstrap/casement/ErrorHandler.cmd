@echo off
setlocal enableextensions
rem Windows Setup runs this from %windir%\Setup\Scripts when it fails for good (A18). The logs go to COM1, then the line that
rem ends the build. setupact.log can hold megabytes, so only its errors are sent.
for %%f in ("%windir%\Panther\setuperr.log" "%windir%\Panther\UnattendGC\setuperr.log") do if exist %%f call :send %%f
for %%f in ("%windir%\Panther\setupact.log" "%windir%\Panther\UnattendGC\setupact.log") do if exist %%f call :errors %%f
>\\.\COM1 echo casement failed=setup code=1 reason=Windows Setup ran ErrorHandler.cmd, its logs stand above
exit /b 0

:send
>\\.\COM1 echo ---- %~1
>\\.\COM1 type "%~1"
exit /b 0

:errors
>\\.\COM1 echo ---- errors in %~1
>\\.\COM1 find ", Error" "%~1"
exit /b 0
