package dev.muster.outlook.forecast;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Says in words how a forecast was found. */
final class Formula {
    private Formula() {}

    static String of(Prospect prospect, Optional<Prospect.Breach> breach) {
        List<Point> used = prospect.used();
        int left = prospect.series().points().size() - used.size();
        return prospect.course().words()
                + "; from " + used.size() + " drills, " + named(used.get(0)) + " to " + named(used.get(used.size() - 1))
                + (left == 0 ? "" : ", without " + left + " before, since the machine or the level was another then")
                + "; nine of ten outcomes lie in the interval, by Student's distribution of the distances from the"
                + " middle, outliers and what is not independent counted in"
                + (prospect.course().rises()
                        ? "; it rises, by a test that errs once in two thousand"
                        : "; no growth is sure, so the middle stays where it is and the interval allows for both")
                + breach.map(Formula::words).orElse("");
    }

    private static String named(Point point) {
        return point.drill() + " (" + date(point.at()) + ")";
    }

    private static String words(Prospect.Breach breach) {
        return breach.measured()
                ? "; the target is missed already, as measured since " + date(breach.at())
                : "; the middle passes the target on " + date(breach.at()) + ", the upper end of the interval on "
                        + date(breach.earliest());
    }

    private static String date(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
