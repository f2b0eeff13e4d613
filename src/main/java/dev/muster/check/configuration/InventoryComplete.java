package dev.muster.check.configuration;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Examples;
import dev.muster.check.Subject;
import dev.muster.drill.Inventory;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Does the restored configuration hold what the runbook's inventory lists? */
public final class InventoryComplete implements Check {

    @Override
    public String name() {
        return "inventory-complete";
    }

    @Override
    public String group() {
        return "configuration-inventory";
    }

    @Override
    public boolean asksDatabase() {
        return false;
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws IOException {
        Path restored = subject.restoredConfiguration();
        Optional<Inventory> inventory = step.inventory();
        if (inventory.isEmpty()) {
            return Answer.couldNotRun(
                    new Problem(
                            "The runbook lists nothing that the configuration has to hold",
                            subject.runbook().file() + ", check " + step.name(),
                            "Write `inventory:` beside the check, as runbooks/README.md shows."),
                    Map.of());
        }
        Comparison comparison = new Comparison(ConfigurationFolder.open(restored));
        comparison.files(inventory.get().files());
        for (Map.Entry<String, Map<String, String>> file :
                inventory.get().keys().entrySet()) {
            comparison.keys(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, String> addon : inventory.get().addons().entrySet()) {
            comparison.addon(addon.getKey(), addon.getValue());
        }
        for (Map.Entry<String, String> image : inventory.get().images().entrySet()) {
            comparison.image(image.getKey(), image.getValue());
        }
        if (comparison.differences().isEmpty()) {
            return Answer.passed(comparison.observations());
        }
        return Answer.failed(
                new Problem(
                        comparison.differences().size() + " of "
                                + comparison.observations().size()
                                + " things in the inventory are not as listed: "
                                + Examples.of(comparison.differences()),
                        subject.runbook().file() + ", check " + step.name(),
                        "Compare with production. If production is as listed, the backup is incomplete or old: repair the"
                                + " job that makes it, or choose another with --backup configuration=KEY. If production"
                                + " has changed on purpose, write that into `inventory:` in the runbook."),
                comparison.observations());
    }
}
