/** Does with a started application what people and partners do with it, call by call. */
package dev.muster.check.workflow;
