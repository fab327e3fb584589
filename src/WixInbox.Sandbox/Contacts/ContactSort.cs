namespace WixInbox.Sandbox;

/// <summary>The orders in which Query Contacts lists.</summary>
internal static class ContactSort
{
    public const string CreatedDate = "createdDate";

    private static readonly Dictionary<string, Func<Contact, string?>> s_texts = new()
    {
        ["info.name.first"] = contact => contact.FirstName,
        ["info.name.last"] = contact => contact.LastName,
        ["primaryInfo.email"] = contact => contact.PrimaryEmail,
    };

    public static bool IsKnown(string fieldName) => fieldName == CreatedDate || s_texts.ContainsKey(fieldName);

    /// <summary>
    /// Sorts contacts that come oldest first; those with an equal text stay so. Our choice: case does not count, and who has
    /// no value comes first in ascending order.
    /// </summary>
    public static IEnumerable<Contact> Apply(IEnumerable<Contact> contacts, string fieldName, bool ascending)
    {
        if (fieldName == CreatedDate)
        {
            return ascending ? contacts : contacts.Reverse();
        }

        Func<Contact, string?> text = s_texts[fieldName];
        return ascending
            ? contacts.OrderBy(text, StringComparer.OrdinalIgnoreCase)
            : contacts.OrderByDescending(text, StringComparer.OrdinalIgnoreCase);
    }
}
