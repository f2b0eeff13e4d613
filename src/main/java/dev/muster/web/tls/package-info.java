/** Keeps the certificate that the server shows. */
package dev.muster.web.tls;
