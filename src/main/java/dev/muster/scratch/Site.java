package dev.muster.scratch;

import dev.muster.drill.TeardownReceipt;
import java.time.Instant;

/** A scratch as those hold it who opened it: what it is called, how people reach it, and its removal. */
public interface Site {

    String id();

    /** Waits until one can work there, and says so when nobody ever will. */
    default void ready() throws InterruptedException {}

    /** How programs there are kept from reaching out, or why they are not, for the report. */
    String network();

    /** Keeps the scratch open after this process has ended, until the instant given. */
    void keepUntil(Instant end);

    /** How a person reaches what runs there, as commands to copy. */
    String reach();

    /** Ends every process, deletes every file, and says what could not be removed. May be called again. */
    TeardownReceipt remove();

    /** Does one thing or the other by where the scratch is. */
    <R> R match(Cases<R> cases) throws Exception;

    /** Where a scratch may be. */
    interface Cases<R> {
        /** It is on this machine, and can be worked in from here. */
        R here(Scratch scratch) throws Exception;

        /** It is on another machine, where a worker works in it. */
        R elsewhere(Worker worker) throws Exception;
    }
}
