using System.Globalization;

namespace WixInbox.Sandbox;

/// <summary>Times on the wire: RFC 3339 in UTC with milliseconds, as in Wix's documented samples.</summary>
internal static class Timestamps
{
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
