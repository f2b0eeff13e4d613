package dev.muster.outlook.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The measured values of one figure, oldest first.
 *
 * @param comparable how many of the newest were made in the same way
 */
record Series(List<Point> points, int comparable) {
    private static final int LEAST = 6;
    private static final double SPAN_DAYS = 28;

    Series {
        points = List.copyOf(points);
    }

    Instant last() {
        return points.get(points.size() - 1).at();
    }

    List<Point> newest(int count) {
        return points.subList(points.size() - count, points.size());
    }

    double day(Instant moment) {
        return newest(comparable).get(0).days(moment);
    }

    /** The first of the drills that missed a target one after the other, up to the last one. */
    Optional<Instant> missedSince(Duration target) {
        Optional<Instant> since = Optional.empty();
        for (int index = points.size() - 1; index >= 0; index--) {
            if (points.get(index).value().compareTo(target) <= 0) {
                break;
            }
            since = Optional.of(points.get(index).at());
        }
        return since;
    }

    /** How it goes on; absent when there is too little of it. */
    Optional<Course> course() {
        List<Point> alike = newest(comparable);
        double[] days = alike.stream().mapToDouble(point -> day(point.at())).toArray();
        double[] seconds = alike.stream().mapToDouble(Point::seconds).toArray();
        Optional<OverTime> overTime = trend(days, seconds, days).map(OverTime::new);
        Optional<ThroughSize> throughSize = throughSize(alike, days, seconds);
        return throughSize
                .filter(size -> overTime.map(time -> time.deviation() > size.deviation())
                        .orElse(true))
                .<Course>map(size -> size)
                .or(() -> overTime);
    }

    private static Optional<ThroughSize> throughSize(List<Point> alike, double[] days, double[] seconds) {
        if (alike.stream().anyMatch(point -> point.bytes().orElse(0) <= 0)) {
            return Optional.empty();
        }
        double[] bytes =
                alike.stream().mapToDouble(point -> point.bytes().orElseThrow()).toArray();
        return trend(bytes, seconds, days)
                .filter(Trend::rises)
                .flatMap(took -> trend(days, bytes, days).map(size -> new ThroughSize(size, took)));
    }

    /** Since the last change of level. */
    private static Optional<Trend> trend(double[] xs, double[] ys, double[] days) {
        int begin = xs.length < LEAST ? 0 : Levels.last(xs, ys);
        return xs.length - begin < LEAST || days[days.length - 1] - days[begin] < SPAN_DAYS
                ? Optional.empty()
                : Optional.of(Trend.through(
                        Arrays.copyOfRange(xs, begin, xs.length), Arrays.copyOfRange(ys, begin, ys.length)));
    }
}
