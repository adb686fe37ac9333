#!/usr/bin/env bash
# usage: build.sh ES_VERSION JAVA_HOME OUT_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$1 java=$2 out=$3
release=17
[[ $version == 9.* ]] && release=21
modules=$out/home/modules
mkdir -p "$out"/{lib,classes,root} "$out/home/config" "$modules"/{transport-netty4,podwatt-root}
cp "$here/pom.xml" "$out/pom.xml"
(cd "$out" && JAVA_HOME=$java mvn -q -B -Des.version="$version" dependency:copy-dependencies -DoutputDirectory="$out/lib" -DincludeScope=runtime)
mv "$out"/lib/transport-netty4-*.jar "$out"/lib/netty-*.jar "$modules/transport-netty4/"
compile() { "$java/bin/javac" -proc:none -nowarn -cp "$out/lib/*" -d "$out/$1" "$here/$2"; }
compile classes src/main/java/dev/podwatt/EsTestServer.java
compile root src-root/dev/podwatt/RootPlugin.java
"$java/bin/jar" cf "$modules/podwatt-root/podwatt-root.jar" -C "$out/root" .
describe() {
  printf 'description=%s\nversion=%s\nname=%s\nclassname=%s\njava.version=%s\nelasticsearch.version=%s\nextended.plugins=\nhas.native.controller=false\n' \
    "$1" "$version" "$1" "$2" "$release" "$version" >"$modules/$1/plugin-descriptor.properties"
}
describe transport-netty4 org.elasticsearch.transport.netty4.Netty4Plugin
describe podwatt-root dev.podwatt.RootPlugin
# Version 9 compresses stored fields with the system's zstd, where its own package would bring one.
mkdir -p "$out/native"
zstd=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p | sed -n 's/.*libzstd\.so\.1 .*=> //p' | head -1)
[[ -z $zstd ]] || ln -sf "$zstd" "$out/native/libzstd.so"
cat >"$out/start.sh" <<'S'
#!/usr/bin/env bash
# usage: start.sh JAVA_HOME DATA_DIR PORT; the folder may be moved
here=$(cd "$(dirname "$0")" && pwd)
exec "$1/bin/java" -Xms256m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -Des.nativelibs.path="$here/native" -Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false -cp "$here/classes:$here/lib/*" \
  dev.podwatt.EsTestServer "$here/home" "$2" "$3"
S
chmod +x "$out/start.sh"
