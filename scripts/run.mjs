// npm's way into every script. Nothing modern here: an old Node must be able to read this far and say why it stops.
var version = process.versions.node.split('.');
var major = Number(version[0]);

if (major > 20 || (major === 20 && Number(version[1]) >= 19)) {
  import('./support/launch.mjs').then(function (module) {
    return module.launch(process.argv[2], process.argv.slice(3));
  });
} else {
  console.error('Onward needs Node 20.19 or newer; this is Node ' + process.versions.node + '.');
  process.exitCode = 1;
}
