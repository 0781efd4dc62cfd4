# The tree of the package stand-in-wine: as much of Wine as console programs need, in the layout that its loader expects, a
# prefix, and what starts a program. Environment: wine (a folder with bin/, lib/wine and share/wine), freetype (a library),
# mingwGcc (a compiler for Windows), files, scripts, out.
set -euo pipefail
. "$scripts/programs.sh"
home=/usr/lib/stand-in-wine
tree=$out$home
use_libraries "$tree/libraries" "$home/libraries"

# Loader and libraries find one another by relative paths, so each keeps its place below what all of them have in common.
loader=$wine/lib/wine/x86_64-unix/wine
# Up to Wine 9 it is a program among the others.
[ -e "$loader" ] || loader=$wine/bin/wine64
loader=$(realpath "$loader")
server=$(realpath "$wine/bin/wineserver")
libraries=$(realpath "$wine/lib/wine")
nls=$(realpath "$wine/share/wine/nls")
common=$loader
for path in "$server" "$libraries" "$nls"; do
  while [ "${path#"$common"/}" = "$path" ]; do common=${common%/*}; done
done
place() { printf '%s' "$tree${1#"$common"}"; }
unix=$(place "$libraries")/x86_64-unix
windows=$(place "$libraries")/x86_64-windows
mkdir -p "$(place "$nls")" "$unix" "$windows"
copy_program "$loader" "$(place "$loader")"
copy_program "$server" "$(place "$server")"
cp "$nls"/*.nls "$(place "$nls")/"
ln -s "${windows#"$tree"/}" "$tree/system32"

copy_needs() { # FILE: what the library FILE needs
  local name arrow path
  while read -r name arrow path _; do
    case $path in "$libraries"/* | '') ;; /*) copy_library "$path" ;; esac
  done < <(LD_LIBRARY_PATH=$libraries/x86_64-unix "$(patchelf --print-interpreter "$loader")" --list "$1")
}

copy_opened_library() { # FILE: a library that no other one names
  copy_needs "$1"
  copy_library "$1"
}

# Linux' half of a library. The halves need ntdll's, which is already there when the loader loads them.
copy_half() { # NAME
  copy_needs "$libraries/x86_64-unix/$1"
  cp "$libraries/x86_64-unix/$1" "$unix/$1"
  chmod 755 "$unix/$1"
  patchelf --force-rpath --set-rpath "$home/libraries:${unix#"$out"}" "$unix/$1"
}

# The libraries of the list with all that they import; of those with a part for Linux that, too.
mapfile -t wanted <"$files/wine/libraries.txt"
while [ ${#wanted[@]} -gt 0 ]; do
  name=${wanted[0],,}
  wanted=("${wanted[@]:1}")
  if [ -e "$windows/$name" ]; then continue; fi
  if [ ! -e "$libraries/x86_64-windows/$name" ]; then
    echo "$name: this Wine does not have it, left out"
    continue
  fi
  strip --strip-unneeded -o "$windows/$name" "$libraries/x86_64-windows/$name"
  mapfile -t -O ${#wanted[@]} wanted < <(objdump -p "$windows/$name" | sed -n 's/^.*DLL Name: //p')
  [ ! -e "$libraries/x86_64-unix/${name%.*}.so" ] || copy_half "${name%.*}.so"
done

# Wine opens it by its name when a program asks for a window, and writes four lines to stderr where it is missing.
copy_opened_library "$freetype"

for program in exit-code start wineboot; do
  "$mingwGcc" -nostdlib -s -Os -Wall -Werror -Wl,-e,start -Wl,--no-insert-timestamp -o "$program.exe" "$files/wine/$program.c" -lkernel32 -lntdll
done
install -m 755 exit-code.exe "$tree/exit-code.exe"
install -m 755 start.exe wineboot.exe "$windows/"
# The mark by which Wine knows its own programs: it takes no other start.exe.
printf 'Wine builtin DLL\0' | dd of="$windows/start.exe" bs=1 seek=64 conv=notrunc status=none

mkdir -p "$tree/prefix/dosdevices" "$out/usr/libexec" "$out/etc/postinstall"
install -m 644 "$files"/wine/{system,user}.reg "$tree/prefix/"
ln -s /run/session/wine/c "$tree/prefix/dosdevices/c:"
for letter in a b d e f g h i j k l m n o p q r s t u v w x y z; do ln -s "/cygdrive/$letter" "$tree/prefix/dosdevices/$letter:"; done
for script in windows-program windows-session; do
  sed -e "s|@LOADER@|$home${loader#"$common"}|; s|@SERVER@|$home${server#"$common"}|" "$files/wine/$script" >"$out/usr/libexec/$script"
  chmod 755 "$out/usr/libexec/$script"
done
install -m 755 "$files/wine/stand-in-wine.sh" "$out/etc/postinstall/stand-in-wine.sh"
