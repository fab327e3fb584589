using System.Globalization;

namespace WixInbox.Runs;

/// <summary>Says what holds a client up, for the progress. It names nobody, and no file.</summary>
internal static class Delay
{
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    public static string? Describe(WixInboxClient client)
    {
        var wait = client.PaceWait;
        if (wait >= s_silence)
        {
            return string.Format(
                CultureInfo.InvariantCulture,
                client.IsOutage ? "Wix cannot be reached: next try in {0:N0} s" : "Wix's limit: next request in {0:N0} s",
                Math.Ceiling(wait.TotalSeconds));
        }

        return client.Media.Uploading is { } upload
            ? string.Format(CultureInfo.InvariantCulture, "Uploading {0:N1} of {1:N1} MB", upload.Sent / Megabyte, upload.Size / Megabyte)
            : null;
    }
}
