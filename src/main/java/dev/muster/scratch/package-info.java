/** Opens the disposable place a drill restores into, runs programs in it, and always removes it. */
package dev.muster.scratch;
