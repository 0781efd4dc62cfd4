#include <stdio.h>
#include "app.h"

int main(void)
{
	printf("%s from %s\n", GREETING, PREFIX);
	return 0;
}
