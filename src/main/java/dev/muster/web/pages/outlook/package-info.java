/** What past drills let one expect, for the pages: in words, and as a picture. */
package dev.muster.web.pages.outlook;
