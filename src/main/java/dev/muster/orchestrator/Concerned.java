package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.Fault;
import dev.muster.drill.Step;
import dev.muster.drill.VaultQuestion;
import java.util.Collections;
import java.util.Set;

/**
 * What a step looks at once all is restored.
 *
 * @param others where faults sit that it sees whatever was restored
 */
record Concerned(Set<Asset> assets, Set<Fault.Kind> others) {
    private static final Concerned NOTHING = new Concerned(Set.of(), Set.of());

    static Concerned by(Step step) {
        return step.match(new Step.Cases<>() {
            @Override
            public Concerned together(Step.Together together) {
                return NOTHING;
            }

            @Override
            public Concerned restore(Step.Restore restore) {
                return NOTHING;
            }

            @Override
            public Concerned neutralise(Step.Neutralise neutralise) {
                return new Concerned(Set.of(Asset.DATABASE), Set.of());
            }

            @Override
            public Concerned erase(Step.Erase erase) {
                return new Concerned(Set.of(Asset.DATABASE), Set.of());
            }

            @Override
            public Concerned probe(Step.Probe probe) {
                return new Concerned(Set.of(), Set.of(Fault.Kind.NETWORK));
            }

            /** An application runs on copies of its own, and nothing that is asked before it hangs on it. */
            @Override
            public Concerned start(Step.Start start) {
                return NOTHING;
            }

            @Override
            public Concerned workflow(Step.Work work) {
                return NOTHING;
            }

            @Override
            public Concerned check(Step.Check check) {
                return switch (check.name()) {
                    case VaultQuestion.GROUP -> new Concerned(Set.of(), Set.of(Fault.Kind.VAULT));
                    case "configuration-inventory" -> new Concerned(Set.of(Asset.CONFIGURATION), Set.of());
                    case "filestore-consistency" -> new Concerned(Set.of(Asset.DATABASE, Asset.FILESTORE), Set.of());
                    default -> new Concerned(Set.of(Asset.DATABASE), Set.of());
                };
            }
        });
    }

    boolean changedBy(Set<Asset> changed, Fault.Kind kind) {
        return others.contains(kind) || !Collections.disjoint(assets, changed);
    }
}
