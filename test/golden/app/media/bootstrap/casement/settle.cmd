@echo off
setlocal enableextensions
rem Work that Windows would otherwise do in every revived run. Best effort: the snapshot waits for quiet in any case.
for %%f in (Framework Framework64) do for %%v in (v2.0.50727 v4.0.30319) do call :native-images "%windir%\Microsoft.NET\%%f\%%v\ngen.exe"
rundll32.exe advapi32.dll,ProcessIdleTasks
exit /b 0

:native-images
if not exist "%~1" exit /b 0
"%~1" executeQueuedItems
exit /b 0
