using System.Globalization;

namespace WixInbox.Runs;

/// <summary>Says how many of those who are written to are notified: without -SendNotification, nobody learns of a message.</summary>
internal static class Notifications
{
    /// <summary>Describes it where not everybody is.</summary>
    /// <param name="notified">How many messages ask for a notification.</param>
    /// <param name="messages">How many messages there are.</param>
    /// <returns>A sentence; null where there is nothing to say.</returns>
    public static string? Describe(int notified, int messages) =>
        notified == messages ? null
        : notified == 0 ? "Nobody is notified without -SendNotification."
        : string.Format(CultureInfo.InvariantCulture, "Notified: {0:N0} of {1:N0}.", notified, messages);
}
