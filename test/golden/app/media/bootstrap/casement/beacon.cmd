@echo off
rem Writes one line to COM1, where the host reads it. Never fails: a machine without the port installs all the same.
rem The redirection stands first, because `echo stage=2>COM1` would redirect handle 2.
>\\.\COM1 echo casement %*
exit /b 0
