/** What those who manage want to know: which business processes are proven recoverable, and whether it gets worse. */
package dev.muster.outlook.management;
