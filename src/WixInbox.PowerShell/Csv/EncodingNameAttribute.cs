using System.Globalization;
using System.Management.Automation;
using System.Text;
using WixInbox.Rows;

namespace WixInbox.Csv;

/// <summary>
/// Makes an encoding of what -Encoding takes in PowerShell 7 and in Windows PowerShell: a name of either, a name of
/// .NET's, or the number of a code page.
/// </summary>
internal sealed class EncodingNameAttribute : ArgumentTransformationAttribute
{
    public static readonly IReadOnlyList<string> Names =
    [
        "ansi", "ascii", "bigendianunicode", "bigendianutf32", "oem", "unicode", "utf8", "utf8BOM", "utf8NoBOM",
        "utf32",
    ];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = RowValues.Unwrap(inputData);
        if (given is Encoding encoding)
        {
            return encoding;
        }

        var name = Convert.ToString(given, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;
        try
        {
            return name.ToUpperInvariant() switch
            {
                "UTF8" or "UTF8BOM" or "UTF8NOBOM" => new UTF8Encoding(false),
                "ANSI" or "DEFAULT" => CsvEncoding.Get(CsvEncoding.SystemCodePage),
                "ASCII" => Encoding.ASCII,
                "OEM" => CsvEncoding.Get(
                    CultureInfo.CurrentCulture.TextInfo.OEMCodePage is var page and not 0 ? page : 850),
                "UNICODE" or "STRING" => Encoding.Unicode,
                "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
                "UTF32" => Encoding.UTF32,
                "BIGENDIANUTF32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
                _ => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? CsvEncoding.Get(number)
                    : CsvEncoding.Get(name),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException(
                $"'{name}' is no encoding that is known here. Give one of {string.Join(", ", Names)}, a name such as "
                    + "windows-1250, or the number of a code page such as 1250.",
                exception);
        }
    }
}
