//! The most memory that this process had at once, as the system counts it.

/// Forgets the highest so far, so that what follows is counted alone. Where the system can't, the highest since the
/// start is told.
pub(crate) fn forget_peak() {
    #[cfg(target_os = "linux")]
    {
        // 5 resets the peak resident set size (man 5 proc).
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    }
}

/// The peak of the resident set in MB (1024² bytes), everything in the process included; none where the system does not
/// tell.
pub(crate) fn peak_mb() -> Option<f64> {
    peak_of(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_of(status: &str) -> Option<f64> {
    let kib: f64 = kib_of(status, "VmHWM:")?.parse().ok()?;
    Some(kib / 1024.0)
}

/// The resident set now, in kB (1024 bytes); none where the system does not tell.
pub(crate) fn resident_kb() -> Option<u64> {
    kib_of(&std::fs::read_to_string("/proc/self/status").ok()?, "VmRSS:")?
        .parse()
        .ok()
}

fn kib_of<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().trim_end_matches("kB").trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_in_megabytes() {
        assert_eq!(peak_of("Name:\tx\nVmHWM:\t  204800 kB\nVmRSS:\t 1 kB\n"), Some(200.0));
        assert_eq!(peak_of("Name:\tx\n"), None);
    }
}
