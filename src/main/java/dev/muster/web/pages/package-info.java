/** The pages that people see in a browser. */
package dev.muster.web.pages;
