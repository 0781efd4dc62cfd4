# Makes the links of one tool and checks that each leads somewhere, so that a missing program is known by its name here.
PATH=/usr/bin
mkdir -p "$out"
if [ -n "$programs" ]; then
  mkdir "$out/bin"
  ln -s bin "$out/sbin"
fi
for program in $programs; do
  if [ -e "/usr/bin/$program" ]; then
    ln -s "/usr/bin/$program" "$out/bin/$program"
  elif [ -e "/usr/sbin/$program" ]; then
    ln -s "/usr/sbin/$program" "$out/bin/$program"
  else
    echo "$program: not found in /usr/bin or /usr/sbin, expected from the Debian package $debianPackage. Run: npm run setup" >&2
    exit 1
  fi
done
for link in $links; do
  target=${link#*=}
  # A leading ? marks a file that builds cannot see.
  if [[ $target != \?* ]] && [ ! -e "$target" ]; then
    echo "$target: not found, expected from the Debian package $debianPackage. Run: npm run setup" >&2
    exit 1
  fi
  mkdir -p "$(dirname "$out/${link%%=*}")"
  ln -s "${target#\?}" "$out/${link%%=*}"
done
