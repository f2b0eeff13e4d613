/** The REST API. */
package dev.muster.web.api;
