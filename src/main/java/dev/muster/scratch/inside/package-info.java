/** What Muster runs inside a scratch: single classes that need nothing but Java, since they are copied there. */
package dev.muster.scratch.inside;
