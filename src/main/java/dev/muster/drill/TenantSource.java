package dev.muster.drill;

import java.util.List;
import java.util.Optional;

/** Where the names of a fleet's tenants come from. */
public sealed interface TenantSource {

    <R> R match(Cases<R> cases);

    /** One answer per kind of source. */
    interface Cases<R> {
        R written(Written source);

        R inFile(InFile source);

        R inVault(InVault source);

        R queried(Queried source);
    }

    /** They stand in the runbook. */
    record Written(List<String> names) implements TenantSource {
        public Written {
            names = List.copyOf(names);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.written(this);
        }
    }

    /** A file beside the runbook names one a line. */
    record InFile(String file) implements TenantSource {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.inFile(this);
        }
    }

    /** Each folder below a prefix is one. */
    record InVault(String vault, String prefix) implements TenantSource {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.inVault(this);
        }
    }

    /**
     * A database knows them.
     *
     * @param password as a reference
     */
    record Queried(String url, Optional<String> user, Optional<String> password, String sql) implements TenantSource {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.queried(this);
        }
    }
}
