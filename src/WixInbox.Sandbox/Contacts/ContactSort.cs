namespace WixInbox.Sandbox;

/// <summary>The orders in which contacts are listed.</summary>
internal static class ContactSort
{
    public const string CreatedDate = "createdDate";
    public const string UpdatedDate = "updatedDate";

    // Times sort by their text, which has a fixed form. Three fields are documented of which the sandbox knows nothing:
    // all contacts are equal in them.
    private static readonly Dictionary<string, Func<Contact, string?>> s_texts = new()
    {
        ["info.name.first"] = contact => contact.FirstName,
        ["info.name.last"] = contact => contact.LastName,
        [ContactField.PrimaryEmail] = contact => contact.PrimaryEmail,
        ["lastActivity.activityDate"] = contact => Timestamps.Write(contact.LastActivityDate),
        [UpdatedDate] = contact => Timestamps.Write(contact.Updated),
        ["info.company"] = _ => null,
        ["info.jobTitle"] = _ => null,
        ["info.birthdate"] = _ => null,
    };

    /// <summary>
    /// Tells whether Contacts v4 lists by a field. It filters by <c>updatedDate</c> and does not sort by it.
    /// </summary>
    public static bool IsKnownToV4(string fieldName) =>
        fieldName == CreatedDate || (fieldName != UpdatedDate && s_texts.ContainsKey(fieldName));

    /// <summary>
    /// Sorts contacts that come oldest first; those with an equal text stay so. Our choice: case does not count, and
    /// who has no value comes first in ascending order.
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
