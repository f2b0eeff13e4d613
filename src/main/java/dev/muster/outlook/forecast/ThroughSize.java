package dev.muster.outlook.forecast;

/** A figure as a function of what is fetched, and that as a function of time. */
record ThroughSize(Trend size, Trend seconds) implements Course {
    @Override
    public double middle(double day) {
        return seconds.middle(size.middle(day));
    }

    @Override
    public double above(double day) {
        double bytes = size.middle(day);
        return Math.hypot(seconds.above(bytes), seconds.pull(bytes) * size.above(day));
    }

    @Override
    public double below(double day) {
        double bytes = size.middle(day);
        return Math.hypot(seconds.below(bytes), seconds.pull(bytes) * size.below(day));
    }

    @Override
    public boolean rises() {
        return size.rises() && seconds.rises();
    }

    @Override
    public double deviation() {
        return seconds.deviation();
    }

    @Override
    public int drills() {
        return Math.min(size.drills(), seconds.drills());
    }

    @Override
    public String words() {
        return seconds.words("time taken over bytes fetched") + ", and " + size.words("bytes fetched over time");
    }
}
