using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Reads by what a row is known in a journal.</summary>
internal static class RowKey
{
    /// <summary>Reads the key.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column that has it.</param>
    /// <param name="key">The key.</param>
    /// <returns>What is wrong with it, if anything is.</returns>
    public static RowViolation? Read(Row row, string column, out string? key)
    {
        key = null;
        try
        {
            var value = row.Columns?.Properties[column]?.Value;
            key = value is null ? null : LanguagePrimitives.ConvertTo<string>(value)?.Trim();
        }
        catch (ExtendedTypeSystemException exception)
        {
            // A column may be computed when it is read.
            return JournalErrors.KeyUnreadable(row, column, exception.Message);
        }

        // An address must not stand in the journal, and is the same in any case: its hash does for both.
        if (AddressText.Read(key) is { Problem: null } address)
        {
            key = Recipient.Email(address.Address).ToHash();
        }

        return string.IsNullOrEmpty(key) ? JournalErrors.KeyMissing(row, column)
            : key!.Length > BulkMessage.LongestKey ? JournalErrors.KeyTooLong(row, column, key.Length)
            : null;
    }
}
