// Turbopack's CSS parser stops at a container query that has a name only: an always true condition behind it helps.
const namedContainers = {
  postcssPlugin: 'named-containers',
  AtRule: {
    container(rule) {
      if (/^[\w-]+$/.test(rule.params)) rule.params += ' (min-width: 0)';
    },
  },
};

export default { plugins: ['@tailwindcss/postcss', namedContainers] };
