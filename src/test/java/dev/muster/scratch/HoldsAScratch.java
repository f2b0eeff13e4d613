package dev.muster.scratch;

import dev.muster.drill.OpenScratch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A process that opens a scratch with a database in the home given, says so, and holds it until its input ends. */
final class HoldsAScratch {
    static final String DRILL = "drill-of-another-process";

    private HoldsAScratch() {}

    public static void main(String[] arguments) throws Exception {
        Scratches scratches =
                new Scratches(Path.of(arguments[0]), Optional.empty(), Optional.empty(), Clock.systemUTC());
        LocalSite site = scratches.openHere(DRILL, ScratchContract.plan());
        Scratch scratch = site.scratch();
        Database database = scratch.startDatabase(ScratchContract.MAJOR, "erp");
        scratch.run(ScratchContract.program("sleep 300 > /dev/null 2>&1 & cd / && sleep 300 > /dev/null 2>&1 &"));
        OpenScratch open = scratches.list().get(0);
        System.out.println(String.join(
                " ",
                open.id(),
                open.place(),
                ScratchContract.question(database, "select 'answers'"),
                scratch.run(new Program(java.util.List.of("id", "-un"), Map.of(), line -> {}))
                        .lastLines()
                        .get(0),
                scratch.network()));
        if (System.in.read() >= 0) {
            System.out.println(site.remove().removed() ? "removed" : "left");
        }
        System.exit(0);
    }
}
