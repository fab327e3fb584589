using System.Globalization;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// Counts what a run would cost: the rows that would be sent, the requests for them, and the time that these take at
/// the pace of the API.
/// </summary>
internal sealed class SendPlan
{
    /// <summary>Wix's limit for an app, which a connection has unless it is told otherwise.</summary>
    public const int UsualLimit = WixInboxClientOptions.DefaultRequestsPerMinute;

    private readonly List<SendPlanShare> _shares = [];
    private int _valid;
    private int _skipped;
    private int _notified;
    private int _duplicates;

    /// <summary>Gets how many requests the rows would take.</summary>
    public long Requests => _shares.Sum(share => share.Requests);

    /// <summary>Gets the minutes that these take over the connection that takes longest.</summary>
    public long Minutes => _shares.Max(share => share.Minutes);

    /// <summary>Makes the share of one more connection.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="limit">The most requests in 60 seconds; zero for any number.</param>
    /// <param name="run">What knows the conversations of earlier runs, if there is one.</param>
    public SendPlanShare Share(string name, int limit, BulkRun? run)
    {
        var share = new SendPlanShare(name, limit, run);
        _shares.Add(share);
        return share;
    }

    /// <summary>Counts a row that would be sent.</summary>
    /// <param name="share">The connection that it would be sent over.</param>
    /// <param name="row">The row, which names somebody.</param>
    /// <param name="request">What would be sent.</param>
    public void Add(SendPlanShare share, Row row, SendMessageRequest request)
    {
        _valid++;
        _notified += request.SendNotifications == true ? 1 : 0;
        share.Add(row.Recipient!.Value, row.Contacts, request);
    }

    /// <summary>Counts a row that an earlier run has dealt with.</summary>
    public void Skip() => _skipped++;

    /// <summary>Says who would not be notified.</summary>
    /// <returns>A sentence; null where there is nothing to say.</returns>
    public string? DescribeNotifications() => SendSummary.DescribeNotified(_notified, _valid);

    /// <summary>Counts a row that would be left out, since an earlier one is the same.</summary>
    public void SkipDuplicate() => _duplicates++;

    /// <summary>Says what was counted.</summary>
    /// <param name="rows">How many rows came in all.</param>
    /// <returns>
    /// For example <c>195 of 200 rows would be sent, with 390 requests: about 1 minute at 200 a minute.</c> Where there
    /// are several connections, each one's requests are given too, and the time is that of the one that takes longest.
    /// </returns>
    public string Describe(int rows)
    {
        var sent = string.Format(
            CultureInfo.InvariantCulture, "{0:N0} of {1} would be sent", _valid, Words.Count(rows, "row"));
        var skipped = _skipped switch
        {
            0 => string.Empty,
            1 => " (1 is skipped, since the journal has it)",
            _ => string.Format(
                CultureInfo.InvariantCulture, " ({0:N0} are skipped, since the journal has them)", _skipped),
        };
        skipped += _duplicates switch
        {
            0 => string.Empty,
            1 => " (1 is left out, since an earlier row is the same)",
            _ => string.Format(
                CultureInfo.InvariantCulture,
                " ({0:N0} are left out, since an earlier row is the same)",
                _duplicates),
        };
        return sent + skipped + (_valid == 0 ? string.Empty : ", with " + DescribeCost()) + ".";
    }

    /// <summary>Says what the rows would take.</summary>
    /// <returns>For example <c>390 requests: about 1 minute at 200 a minute</c>.</returns>
    public string DescribeCost()
    {
        SendPlanShare[] used = [.. _shares.Where(share => share.Requests > 0)];
        var shares = used.Select(
            share => string.Format(CultureInfo.InvariantCulture, "{0}: {1:N0}", share.Name, share.Requests));
        var each = used.Length > 1 ? $" ({string.Join(", ", shares)})" : string.Empty;
        return Words.Count(Requests, "request") + each + Time(used);
    }

    private static string Time(SendPlanShare[] used)
    {
        // One without a limit takes no time that could be told.
        SendPlanShare[] limited = [.. used.Where(share => share.Limit > 0)];
        if (limited.Length == 0)
        {
            return string.Empty;
        }

        var longest = limited.OrderByDescending(share => share.Minutes).First();
        var minutes = longest.Minutes;
        var time = minutes switch
        {
            0 => "less than a minute",
            < 60 => "about " + Words.Count(minutes, "minute"),
            _ when minutes % 60 == 0 => string.Format(CultureInfo.InvariantCulture, "about {0:N0} h", minutes / 60),
            _ => string.Format(CultureInfo.InvariantCulture, "about {0:N0} h {1} min", minutes / 60, minutes % 60),
        };
        return string.Format(
            CultureInfo.InvariantCulture,
            ": {0} at {1:N0} a minute{2}",
            time,
            longest.Limit,
            used.Length > 1 ? $" for {longest.Name}" : string.Empty);
    }
}
