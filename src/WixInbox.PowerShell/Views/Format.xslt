<?xml version="1.0" encoding="utf-8"?>
<!--
  Makes the format file that ships of module/WixInbox.Format.ps1xml: what many items of a list have in common is here.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" indent="yes" />
  <xsl:strip-space elements="*" />

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>

  <!-- What is said of the source stays with it. -->
  <xsl:template match="comment()" />

  <!-- A part of a message, named by its property, and shown where there is one. -->
  <xsl:template match="Part">
    <Label><xsl:value-of select="." /></Label>
    <ScriptBlock>[WixInbox.Internal.FormatText]::Value($_, '<xsl:value-of select="." />', $Host, 21)</ScriptBlock>
    <ItemSelectionCondition>
      <ScriptBlock>[WixInbox.Internal.FormatText]::Has($_, '<xsl:value-of select="." />')</ScriptBlock>
    </ItemSelectionCondition>
  </xsl:template>

  <!-- A check of a connection, by its name: its result, and what that says. -->
  <xsl:template match="Check">
    <Label><xsl:value-of select="." /></Label>
    <ScriptBlock>
      foreach ($check in $_.Checks) {
        if ($check.Name -eq '<xsl:value-of select="." />') {
          [WixInbox.Internal.FormatText]::Wrap("$($check.Result). $($check.Description)", $Host, 15)
        }
      }
    </ScriptBlock>
  </xsl:template>

</xsl:stylesheet>
