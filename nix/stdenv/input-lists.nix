# mkDerivation's lists of dependencies, which nixpkgs' setup.sh knows by these names.
[
  "depsBuildBuild"
  "depsBuildBuildPropagated"
  "nativeBuildInputs"
  "propagatedNativeBuildInputs"
  "depsBuildTarget"
  "depsBuildTargetPropagated"
  "depsHostHost"
  "depsHostHostPropagated"
  "buildInputs"
  "propagatedBuildInputs"
  "depsTargetTarget"
  "depsTargetTargetPropagated"
]
