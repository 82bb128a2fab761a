// Preloaded into every child of a script: a child whose parent was killed ends too, and leaves no port taken.
// A child's own workers are started with the same preload; they are its own affair.
if (process.ppid === Number(process.env.ONWARD_PARENT)) {
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}
