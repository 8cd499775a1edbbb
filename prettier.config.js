/** @type {import('prettier').Config} */
module.exports = { printWidth: 120, singleQuote: true };
