//! Times as people and as programs read them.

use hyperinstance_client::types::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A time as RFC 3339 in UTC; as the plain number when it is outside the years that calendars know.
pub(super) fn absolute(time: &Timestamp) -> String {
    match jiff::Timestamp::from_millisecond(time.0) {
        Ok(time) => time.to_string(),
        Err(_) => time.0.to_string(),
    }
}

/// How long ago a time was, in its largest unit.
pub(super) fn relative(time: &Timestamp, now: jiff::Timestamp) -> String {
    let seconds = now.as_second().saturating_sub(time.0.div_euclid(1000));
    let (count, unit) = match seconds.abs() {
        0..MINUTE => return "just now".to_owned(),
        size @ MINUTE..HOUR => (size / MINUTE, "minute"),
        size @ HOUR..DAY => (size / HOUR, "hour"),
        size if size < 60 * DAY => (size / DAY, "day"),
        size if size < 730 * DAY => (size / (30 * DAY), "month"),
        size => (size / (365 * DAY), "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds < 0 { format!("in {count} {unit}{plural}") } else { format!("{count} {unit}{plural} ago") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_unit_is_told() {
        let now = jiff::Timestamp::from_second(2_000_000_000).unwrap();
        let ago = |seconds: i64| relative(&Timestamp((2_000_000_000 - seconds) * 1000), now);
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(59), "just now");
        assert_eq!(ago(60), "1 minute ago");
        assert_eq!(ago(2 * HOUR + 59), "2 hours ago");
        assert_eq!(ago(DAY), "1 day ago");
        assert_eq!(ago(59 * DAY), "59 days ago");
        assert_eq!(ago(60 * DAY), "2 months ago");
        assert_eq!(ago(729 * DAY), "24 months ago");
        assert_eq!(ago(730 * DAY), "2 years ago");
        assert_eq!(ago(-90), "in 1 minute");
    }

    #[test]
    fn times_outside_the_calendar_stay_numbers() {
        assert_eq!(absolute(&Timestamp(1_731_055_875_839)), "2024-11-08T08:51:15.839Z");
        assert_eq!(absolute(&Timestamp(i64::MAX)), i64::MAX.to_string());
        assert!(relative(&Timestamp(i64::MIN), jiff::Timestamp::UNIX_EPOCH).ends_with("years ago"));
    }
}
