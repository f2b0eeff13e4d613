package dev.muster.backup.bucket;

import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks once more at objects of one vault: at few of them one by one, at many by what a listing says. */
public final class SecondLook {
    private static final int FEW = 64;

    private final Vault vault;
    private final Workers workers;

    public SecondLook(Vault vault, Workers workers) {
        this.vault = vault;
        this.workers = workers;
    }

    /** What each is now; one that is there no more is left out. */
    public Map<StoredObject, StoredObject> at(List<StoredObject> objects) throws InterruptedException {
        return objects.size() <= FEW ? each(objects) : workers.run(() -> listed(objects));
    }

    private Map<StoredObject, StoredObject> each(List<StoredObject> objects) throws InterruptedException {
        List<Callable<Optional<StoredObject>>> looks = new ArrayList<>();
        objects.forEach(one -> looks.add(() -> vault.describe(one.key(), one.version())));
        Map<StoredObject, StoredObject> now = new HashMap<>();
        try {
            List<Optional<StoredObject>> answers = workers.all(looks);
            for (int i = 0; i < objects.size(); i++) {
                StoredObject before = objects.get(i);
                answers.get(i).ifPresent(after -> now.put(before, after));
            }
        } catch (Unreadable e) {
            throw new IllegalStateException("a description of an object leaves no such report", e);
        }
        return now;
    }

    private Map<StoredObject, StoredObject> listed(List<StoredObject> objects) {
        Map<String, StoredObject> there = new HashMap<>();
        for (History.Event event : vault.history(beginning(objects)).events()) {
            if (!event.deleted()) {
                there.put(name(event.object()), event.object());
            }
        }
        Map<StoredObject, StoredObject> now = new HashMap<>();
        for (StoredObject one : objects) {
            StoredObject after = there.get(name(one));
            if (after != null) {
                now.put(one, after);
            }
        }
        return now;
    }

    /** The beginning that all keys have in common. */
    private static String beginning(List<StoredObject> objects) {
        String common = objects.get(0).key();
        for (StoredObject one : objects) {
            int length = 0;
            while (length < Math.min(common.length(), one.key().length())
                    && common.charAt(length) == one.key().charAt(length)) {
                length++;
            }
            common = common.substring(0, length);
        }
        return common;
    }

    private static String name(StoredObject one) {
        return one.version().orElse("") + " " + one.key();
    }
}
