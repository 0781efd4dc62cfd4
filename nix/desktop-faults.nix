# What is wrong with the wish that a command runs at the desktop: { lib, machine } -> the wish -> texts.
{ lib, machine }:
desktop:
lib.optional (!lib.isBool desktop)
  "desktop: says whether the script runs at the desktop, got a ${builtins.typeOf desktop}; allowed: true, false. A variable of the script needs another name"
++
  lib.optional (desktop == true && !machine.desktop)
    "desktop: nobody is logged on at this machine's console. Set windows.desktop: true in the spec and run: casement generate; Windows is then installed anew, once"
