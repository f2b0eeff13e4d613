/** Reads the objects of Kubernetes that an application is made up of, and lets through only what a scratch can bear. */
package dev.muster.runbook.manifest;
