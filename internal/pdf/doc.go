// Package pdf writes a paper as a PDF: A4, in Inter, whose letters are in the file, with
// an outline, links, page numbers and tables whose heads stand on every page.
//
// It owns the library that knows the format and decides how a page looks; what the paper
// says is compose's. A letter that Inter lacks – Chinese, Arabic, an emoji – shows as ▯, and
// the last page says so: the HTML of the same paper has them all.
package pdf
