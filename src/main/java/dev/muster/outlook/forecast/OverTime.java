package dev.muster.outlook.forecast;

/** A figure as a function of time alone. */
record OverTime(Trend trend) implements Course {
    @Override
    public double middle(double day) {
        return trend.middle(day);
    }

    @Override
    public double above(double day) {
        return trend.above(day);
    }

    @Override
    public double below(double day) {
        return trend.below(day);
    }

    @Override
    public boolean rises() {
        return trend.rises();
    }

    @Override
    public double deviation() {
        return trend.deviation();
    }

    @Override
    public int drills() {
        return trend.drills();
    }

    @Override
    public String words() {
        return trend.words("time taken over time");
    }
}
