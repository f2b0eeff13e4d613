package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.TeardownReceipt;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every kind of scratch keeps to that can be removed from where it is worked in. */
abstract class SiteContract<S extends Site> extends ScratchContract<S> {

    @Override
    final void leave(S site) {
        assertThat(site.remove().leftBehind()).isEmpty();
    }

    @Test
    void removal_ends_what_was_left_running() throws Exception {
        S site = open();
        Running left = within(site).start(STAYS);
        await().until(() -> left.lastLines().equals(List.of("ready")));

        site.remove();

        await().until(() -> left.exit().isPresent());
    }

    @Test
    void removal_leaves_nothing_and_may_be_called_again() throws Exception {
        S site = open();
        within(site).startDatabase(MAJOR, "erp");
        Path folder = within(site).folder("files");

        TeardownReceipt receipt = site.remove();

        assertThat(receipt.removed()).isTrue();
        assertThat(receipt.scratch()).isEqualTo(site.id());
        assertThat(receipt.leftBehind()).isEmpty();
        assertThat(folder).doesNotExist();
        assertThat(site.remove().removed()).isTrue();
    }

    @Test
    void removal_takes_place_although_the_thread_was_interrupted() throws Exception {
        S site = open();
        within(site).startDatabase(MAJOR, "erp");

        Thread.currentThread().interrupt();
        TeardownReceipt receipt = site.remove();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(receipt.removed()).isTrue();
    }

    /** Of a process of this machine. */
    static boolean aliveHere(String process) {
        return ProcessHandle.of(Long.parseLong(process))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }
}
