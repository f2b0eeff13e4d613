package dev.muster.catalog;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The catalog's database, for the parts of the catalog. Trouble with it is a {@code CouldNotRun}. */
public interface Store {

    /** Does a piece of work with a connection. */
    <R> R work(Function<Handle, R> work);

    /** Does a piece of work that holds wholly or not at all. */
    <R> R together(Function<Handle, R> work);
}
