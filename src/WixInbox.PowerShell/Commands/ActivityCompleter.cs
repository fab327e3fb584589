using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace WixInbox.Commands;

/// <summary>
/// Completes <c>-LastActivity</c> with the activities that are asked for most, those of the Inbox first.
/// </summary>
public sealed class ActivityCompleter : IArgumentCompleter
{
    private static readonly string[] s_activities =
    [
        "INBOX_MESSAGE_FROM_CUSTOMER", "INBOX_MESSAGE_TO_CUSTOMER", "INBOX_FORM_SUBMITTED", "CONTACT_CREATED",
        "FORM_SUBMITTED", "MEMBER_LOGIN", "MEMBER_REGISTER", "ECOM_PURCHASE", "ECOM_CART_ABANDON",
        "BOOKINGS_APPOINTMENT", "EVENTS_RSVP", "SHOUTOUT_OPEN", "SHOUTOUT_CLICK",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = WildcardPattern.Get(
            (wordToComplete ?? string.Empty).Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return s_activities.Where(typed.IsMatch).Select(activity => new CompletionResult(activity));
    }
}
