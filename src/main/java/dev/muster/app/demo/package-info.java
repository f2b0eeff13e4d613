/** The sample estate of {@code muster demo}, and the S3 server that it lies in. */
package dev.muster.app.demo;
