/** The REST API and the pages. */
package dev.muster.web;
