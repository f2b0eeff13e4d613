package dev.muster.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a test uses of its machine: programs that it runs for real, or the rights of root. Where something is missing
 * the test is skipped and named at the end of the run; with {@code CI=true} it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
public @interface Needs {
    /** Stands for the right to cut a program off from the network, beside the names of programs. */
    String OWN_NETWORK = "own-network";

    /** The names of programs. */
    String[] value();

    /** Whether only root can do what the test does. */
    boolean root() default false;
}
