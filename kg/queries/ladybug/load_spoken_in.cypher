COPY SPOKEN_IN FROM (LOAD FROM $rows RETURN item, entity, position)
